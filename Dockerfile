# syntax=docker/dockerfile:1
# Two images: `service` holds the program of all services (`techcorp serve NAME`), `gateway` the gateway.
#
#   docker build --target service --tag techcorp/service .
#   docker build --target gateway --tag techcorp/gateway .
#
# Downloads and build results are kept in BuildKit's caches, so a change of our code builds our code only.
ARG RUST_VERSION=1.95.0

FROM rust:${RUST_VERSION}-bookworm AS rust
ARG RUST_VERSION
# The image's own toolchain is the one that rust-toolchain.toml asks for; without this, rustup would fetch it with more components.
ENV RUSTUP_TOOLCHAIN=${RUST_VERSION}
RUN apt-get update \
    && apt-get install --yes --no-install-recommends cmake pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src

FROM rust AS service-build
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,id=techcorp-service-target,target=/src/target,sharing=locked \
    cargo build --locked --release --package platform \
    && install -D target/release/techcorp /out/techcorp

FROM rust AS gateway-build
COPY gateway gateway
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,id=techcorp-gateway-target,target=/src/gateway/target,sharing=locked \
    cd gateway && cargo build --locked --release \
    && install -D target/release/techcorp-gateway /out/techcorp-gateway

FROM node:22-bookworm-slim AS explorer
WORKDIR /src
COPY gateway/assets/package.json gateway/assets/package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY gateway/assets ./
RUN npm run build

FROM debian:bookworm-slim AS runtime
# curl is for the health checks of docker-compose.yml.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 techcorp \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin techcorp \
    && install -d -o 10001 -g 10001 /var/lib/techcorp
WORKDIR /app
# From outside the container.
ENV HOST=0.0.0.0
STOPSIGNAL SIGTERM

FROM runtime AS service
COPY --from=service-build /out/techcorp /usr/local/bin/
COPY router-config router-config
COPY schema schema
COPY platform/demo/catalogue.csv platform/demo/
ENV LOG_FORMAT=json
USER 10001:10001
ENTRYPOINT ["techcorp"]
CMD ["help"]

FROM runtime AS gateway
COPY --from=gateway-build /out/techcorp-gateway /usr/local/bin/
COPY --from=explorer /src/dist explorer
COPY platform/demo/media media
ENV GRAPHIQL_DIR=/app/explorer \
    MEDIA_DIR=/app/media \
    LOG_FORMAT=json
USER 10001:10001
EXPOSE 4000
ENTRYPOINT ["techcorp-gateway"]
