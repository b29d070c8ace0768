# syntax=docker/dockerfile:1

# Everything the lock names is fetched and checked against its hash; what only development needs stays in this stage.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
COPY requirements.lock ./
RUN pip wheel --quiet --require-hashes --requirement requirements.lock --wheel-dir wheels
RUN pip install --quiet --no-index --find-links wheels hatchling editables
COPY pyproject.toml README.md ./
COPY src src
RUN pip wheel --quiet --no-index --no-deps --no-build-isolation --wheel-dir wheels .
RUN python -m venv /opt/guanjia \
    && /opt/guanjia/bin/pip install --quiet --no-index --find-links wheels guanjia

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Guanjia" \
      org.opencontainers.image.description="The register and case system of a city's property-management regulator"
RUN useradd --system --uid 10001 --home-dir /var/lib/guanjia --create-home --shell /usr/sbin/nologin guanjia
COPY --from=build /opt/guanjia /opt/guanjia
ENV PATH=/opt/guanjia/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    GUANJIA_DATA_DIR=/var/lib/guanjia
USER guanjia
WORKDIR /var/lib/guanjia
# The master key that wraps the keys of personal fields lives here: back it up apart from the database.
VOLUME /var/lib/guanjia
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["guanjia"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
