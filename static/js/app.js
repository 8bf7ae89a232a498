/* What every page wakes up with: each element defines itself. */
import "./models/csrf.js";
import "./models/menus.js";
import "./elements/conversation-list.js";
import "./elements/go-to.js";
import "./elements/inbox-live.js";
import "./elements/list-keys.js";
import "./elements/list-selection.js";
import "./conversation.js";
import "./elements/modal-dialog.js";
import "./elements/relative-time.js";
import "./elements/shortcut-keys.js";
import "./elements/filter-list.js";
import "./elements/outcome-fields.js";
import "./elements/recipient-picker.js";
import "./elements/notification-toasts.js";
import "./elements/page-notices.js";
import "./elements/single-keys.js";
