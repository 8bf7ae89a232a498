/* What a list of conversations makes of the facts that come live: whose, unread, and whether it belongs here. */
export class List {
  /* `takes`: mine, unassigned, everyone, or nothing, where only the server can tell what belongs. */
  constructor({ takes, campaign }, me) {
    Object.assign(this, { takes, campaign, me });
  }

  belongs({ owner, campaign, state }) {
    if (state !== "open" || (this.campaign && this.campaign !== campaign)) return false;
    return { mine: owner === this.me, unassigned: !owner, everyone: true }[this.takes] ?? false;
  }
}

/* Between the item on the screen and the one that came: the newer facts, and the furthest that was read. */
export function merged(old, fresh) {
  return { ...fresh, read: Math.max(Number(old.read || 0), Number(fresh.read || 0)) };
}

export const isUnread = ({ number, read }) => Number(number) > Number(read || 0);
