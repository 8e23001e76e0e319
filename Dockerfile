# All of Fossae in one image: code, content and the model. When it runs it downloads nothing;
# the only addresses it talks to are those of Discord and Telegram.
FROM python:3.11.15-slim-trixie AS base

# Only the two files that name the packages, so that this stage lasts until one of them changes.
FROM base AS packages
WORKDIR /packages
COPY pyproject.toml constraints.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --constraint constraints.txt ".[languages]"

FROM base
ENV PATH=/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    FOSSAE_DATABASE_URL=sqlite:////data/fossae.db \
    FOSSAE_CACHE=/data/cache
# A fixed number, so that whoever mounts a folder of their own at /data knows who has to own it.
RUN groupadd --gid 10001 fossae \
    && useradd --uid 10001 --gid 10001 --no-log-init --no-create-home --shell /usr/sbin/nologin fossae \
    && install --directory --owner=fossae --group=fossae /data /data/cache
COPY --from=packages /venv /venv
WORKDIR /app
# Readable to that user whatever the modes in the checkout, writable to root only.
COPY --chmod=755 content content
COPY --chmod=755 core core
COPY --chmod=755 bots bots

USER 10001:10001
# An image that can't answer is not built, nor is one that needs a network for it. What this leaves
# in /data/cache fills the named volume on its first use, so the first start has nothing to compute.
RUN --network=none fossae ask "hello"

# None: the bots open no port to ask at, and a process that gives up ends, which the restart policy
# sees. Whether the tokens and switches are right is for `fossae doctor`, not for every half minute.
HEALTHCHECK NONE

# As lists, so that no shell stands between a SIGTERM and the process, which then leaves in order.
ENTRYPOINT ["fossae"]
CMD ["run"]
