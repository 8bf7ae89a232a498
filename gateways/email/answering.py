"""A candidate's answer as their mail program would send it, for development: the story without a mail account."""

import smtplib
from email.message import EmailMessage
from email.utils import make_msgid

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from gateways.email.mail import Mail


def answer(mail: Mail, text: str, files: list[UploadedFile]) -> None:
    """Sends it to the mail listener. Raises OSError (refusals of the listener too) when that didn't take it."""
    reply = EmailMessage()
    me, to = mail.to[0], (mail.reply_to or (mail.sender,))[0]
    reply["From"] = f'"{me.name}" <{me.address}>' if me.name else me.address
    reply["To"] = to.address
    reply["Subject"] = mail.subject if mail.subject.lower().startswith("re:") else f"Re: {mail.subject}"
    reply["Date"] = timezone.now()
    reply["Message-ID"] = make_msgid(domain=me.domain)
    reply["In-Reply-To"] = f"<{mail.message_id}>"
    reply["References"] = " ".join(f"<{one}>" for one in (*mail.references, mail.message_id))
    reply.set_content(f"{text}\n\n{history(mail)}\n")
    for file in files:
        reply.add_attachment(file.read(), maintype="application", subtype="octet-stream", filename=file.name)
    with smtplib.SMTP(settings.MAIL_HOST, settings.MAIL_PORT, timeout=10) as listener:
        listener.send_message(reply, from_addr=me.address, to_addrs=[to.address])


def history(mail: Mail) -> str:
    """The mail quoted, as programs do below an answer."""
    day = f"On {mail.date:%a, %d %b %Y at %H:%M}, " if mail.date else ""
    quoted = "\n".join(f"> {line}" for line in mail.text.rstrip().splitlines())
    return f"{day}{mail.sender.name} <{mail.sender.address}> wrote:\n\n{quoted}"
