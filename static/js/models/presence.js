/* Who else is here and what they do. Everybody says it now and then; who is silent is gone. */
const LASTS = { looking: 50_000, typing: 6_000, noting: 6_000 };

export class Presence {
  constructor(me) {
    this.me = me;
    this.others = new Map();
  }

  /* Takes in what somebody said of themselves: {who, name, state}. */
  take({ who, name, state }, now = Date.now()) {
    if (who === this.me) return;
    if (state === "gone") this.others.delete(who);
    else this.others.set(who, { ...this.others.get(who), name, state, [state]: now, looking: now });
  }

  /* The names of those who do it now. */
  who(state, now = Date.now()) {
    const does = ({ [state]: since, state: last }) =>
      now - (since ?? 0) < LASTS[state] && (state === "looking" || last === state);
    return [...this.others.values()].filter(does).map(({ name }) => name);
  }
}
