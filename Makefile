# `make` lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# CARGO_TARGET_DIR moves both build folders; the gateway, a workspace of its own, then builds into gateway/ inside it.
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
GATEWAY_TARGET := $(if $(CARGO_TARGET_DIR),$(TARGET)/gateway,$(abspath gateway/target))
TECHCORP := $(TARGET)/debug/techcorp
GATEWAY := CARGO_TARGET_DIR=$(GATEWAY_TARGET) cargo
export GATEWAY_BIN ?= $(GATEWAY_TARGET)/debug/techcorp-gateway

export TECHCORP

.PHONY: help up up-distributed measure bench outage rolling demo test schema sqlx fmt lint reset clean setup

help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: setup graphiql ## Install what is missing, build, and run the whole platform on this machine
	cargo build --package platform
	cd gateway && $(GATEWAY) build
	exec $(TECHCORP) up

up-distributed: setup graphiql ## The same on PostgreSQL, RabbitMQ, Redis and OpenSearch of its own, each service a process
	cargo build --package platform
	cd gateway && $(GATEWAY) build
	exec scripts/distributed

measure: setup graphiql ## Build for release, run on fresh data, and print memory and the time from checkout to confirmed
	cargo build --release --package platform
	cd gateway && $(GATEWAY) build --release
	@TECHCORP=$(TARGET)/release/techcorp GATEWAY_BIN=$(GATEWAY_TARGET)/release/techcorp-gateway scripts/measure

# Each by itself: built together, the platform would have the features that the load library wants of shared dependencies.
# PROFILE=debug is for work on the benchmark itself; its figures say nothing.
BENCH_PROFILE = $(if $(filter debug,$(PROFILE)),debug,release)
BENCH_FLAGS = $(if $(filter debug,$(PROFILE)),,--release)
bench: setup graphiql ## Build for release and measure through the gateway; QUICK=1, MODE=distributed, ONLY=Q1,W1, COMPARE=FILE, GROWTH=1
	cargo build $(BENCH_FLAGS) --package platform
	cargo build $(BENCH_FLAGS) --package bench
	cd gateway && $(GATEWAY) build $(BENCH_FLAGS)
	@TECHCORP=$(TARGET)/$(BENCH_PROFILE)/techcorp GATEWAY_BIN=$(GATEWAY_TARGET)/$(BENCH_PROFILE)/techcorp-gateway \
	  BENCH=$(TARGET)/$(BENCH_PROFILE)/techcorp-bench scripts/bench

outage: setup graphiql ## Stop each server for 30 seconds under load, and check that no order is lost, doubled or stuck; SECONDS=8 is quicker
	cargo build --package platform
	cd gateway && $(GATEWAY) build
	@scripts/drill outage $(or $(SECONDS),30)

rolling: setup graphiql ## Restart every service and the gateway under load, and check that no request and no order is lost
	cargo build --package platform
	cd gateway && $(GATEWAY) build
	@scripts/drill rolling

demo: ## Buy something on the running platform, step by step; CARD=declined, slow or 3ds (GATEWAY_URL says where)
	@cargo build --quiet --package platform
	@$(TECHCORP) demo

test: setup graphiql ## Run everything that must pass before a change is merged
	cargo xtask test

schema: ## Write schema/ anew, and the clients' types from it
	cargo xtask schema

sqlx: setup ## Write the committed query data (.sqlx) anew
	cargo xtask sqlx

fmt: ## Format all Rust code
	cargo fmt --all
	cd gateway && cargo fmt

lint: ## Check the layout rules and run clippy
	cargo xtask check
	cargo clippy --workspace --all-targets -- -D warnings
	cd gateway && $(GATEWAY) clippy --all-targets -- -D warnings

reset: ## Delete all local data; refuses while the platform runs
	@if [[ -s .data/platform.pid ]] && kill -0 "$$(cat .data/platform.pid)" 2>/dev/null; then \
	  echo "The platform is running (process $$(cat .data/platform.pid)) and uses .data. Stop it first: Ctrl-C in its terminal." >&2; exit 1; \
	fi
	if [[ -d .data/servers ]]; then scripts/servers down; fi
	for link in .data/postgres .data/servers; do if [[ -L $$link ]]; then rm -rf "$$(readlink -f $$link)"; fi; done
	rm -rf .data

clean: ## Delete build results; local data stay
	cargo clean
	cd gateway && $(GATEWAY) clean
	rm -rf gateway/assets/dist gateway/assets/node_modules xtask/compose/node_modules

setup:
	@scripts/setup

# The explorer's page, built when it is missing or older than its sources.
GRAPHIQL_SOURCES := $(shell find gateway/assets -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)
.PHONY: graphiql
graphiql: $(if $(GRAPHIQL_SOURCES),gateway/assets/dist/.built)
gateway/assets/dist/.built: $(GRAPHIQL_SOURCES)
	cd gateway/assets && npm ci --no-audit --no-fund && npm run build
	touch $@
