/* What every page wakes up with: each element defines itself. */
import "./models/csrf.js";
import "./elements/modal-dialog.js";
import "./elements/relative-time.js";
import "./elements/shortcut-keys.js";
