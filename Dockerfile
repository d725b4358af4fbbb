# One image for every process of the newsroom: web, worker, set-up. Builds without a network but
# for the package indexes; runs as nobody in particular, and writes to /data and /scratch only.
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS build
ENV PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore \
    UV_LINK_MODE=copy \
    UV_NO_CACHE=1 \
    UV_PYTHON_DOWNLOADS=never
WORKDIR /app
COPY bin/uv.txt bin/uv.txt
RUN python -m pip install -r bin/uv.txt
# The libraries first: they change less often than the code, so this layer is kept.
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --compile-bytecode --python /usr/local/bin/python
COPY . .
RUN .venv/bin/python -m compileall -q articles bin newsroom \
    && SECRET_KEY=only-for-building .venv/bin/python manage.py set_up --only messages static

FROM python:${PYTHON}-slim
# For the cards that stand for stories without a picture where links are shared.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --system --gid 10001 newsroom \
    && useradd --system --uid 10001 --gid newsroom --no-create-home --home-dir /scratch newsroom \
    && install -d -o newsroom -g newsroom -m 700 /data/media /data/secrets /scratch
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUTF8=1 \
    TMPDIR=/scratch \
    DATABASE_URL=sqlite:////data/db.sqlite3 \
    MEDIA_ROOT=/data/media \
    HOST=0.0.0.0 \
    PORT=8000
USER newsroom
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s --retries=3 \
    CMD ["python", "-m", "bin.health"]
CMD ["bin/process", "web"]
