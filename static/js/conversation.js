/* What wakes up in a conversation, on members' and on candidates' pages. */
import "./elements/composer-draft.js";
import "./elements/composer-files.js";
import "./elements/composer-palette.js";
import "./elements/composer-tabs.js";
import "./elements/live-thread.js";
import "./elements/local-time.js";
import "./elements/message-composer.js";
import "./elements/send-later.js";
import "./elements/take-back.js";
import "./elements/who-is-here.js";
