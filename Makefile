# make help lists what can be made. Everything works on a bare Debian 12 or 13,
# as root or with sudo, given git and make.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := help
.NOTPARALLEL: # what comes first in a list of prerequisites is done first

# An older go command fetches the toolchain that go.mod asks for.
export GOTOOLCHAIN ?= auto

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
COMMIT := $(shell git describe --always --dirty --abbrev=40 --exclude='*' 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT)

# Whatever the binary is made of, with the directories, whose times tell of
# files that were removed.
SOURCES := go.mod go.sum $(shell find cmd judge problems sandbox api \
	\( -path sandbox/images/bin -o -name '*_test.go' -o -path '*/testdata' \) -prune -o -print 2>/dev/null)
RUNNER_SOURCES := go.mod $(shell find sandbox/runner sandbox/wire sandbox/images/gen -name '*.go' ! -name '*_test.go' 2>/dev/null)

# golangci-lint is built from source, once for all clones of one user.
LINT_VERSION := v2.15.0
TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/docket/tools/$(LINT_VERSION)
LINT := $(TOOLS)/golangci-lint

TESTFLAGS ?=

.PHONY: help
help: ## Print this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  ARGS="--redis redis://127.0.0.1:6379/0" is passed on to docket by up and bench,'
	@echo '  TESTFLAGS="-run Name" to go test by test.'

.PHONY: up
up: setup build ## Install what is missing, build, judge a sample per language, serve on 127.0.0.1:8080.
	@bin/docket images build
	@exec bin/docket up $(ARGS)

.PHONY: test
test: setup-tests lint images ## The same set-up, then lint and every test, on real Docker and Redis.
	@.ci/suite $(TESTFLAGS)

.PHONY: test-quick
test-quick: sandbox/images/bin/runner ## The tests that need redis-server but no Docker engine, for the inner loop.
	@.ci/suite --quick $(TESTFLAGS)

.PHONY: build
build: bin/docket ## Build bin/docket.

.PHONY: images
images: build ## Build the language images.
	@bin/docket images build

.PHONY: bench
bench: setup images ## Measure Docket against the same work by hand.
	@exec bin/docket bench $(ARGS)

.PHONY: lint
lint: $(LINT) generate ## Lint, and prove that the rules on imports fire.
	@printf 'lint: golangci-lint ...\n'
	@$(LINT) run ./...
	@.ci/arrows.sh $(LINT)

.PHONY: fmt
fmt: $(LINT) ## Format the Go code.
	@$(LINT) fmt ./...

.PHONY: generate
generate: sandbox/images/bin/runner ## Build the runner that the images carry.

.PHONY: setup setup-tests
setup: ## Install what is missing and start the engine, nothing more.
	@deploy/setup.sh
setup-tests:
	@deploy/setup.sh --tests

.PHONY: clean
clean: ## Remove the boxes of all workers, and what was built.
	@if [[ -x bin/docket ]]; then bin/docket clean; fi
	@rm -rf bin sandbox/images/bin/runner

sandbox/images/bin/runner: $(RUNNER_SOURCES)
	@printf 'build: the runner ...\n'
	@go generate ./sandbox/images

bin/docket: sandbox/images/bin/runner bin/.commit $(SOURCES)
	@printf 'build: bin/docket ...\n'
	@CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o $@ ./cmd/docket

# The binary says which commit it is of, so a new commit makes a new one.
bin/.commit: always
	@mkdir -p bin
	@[[ -e $@ && $$(<$@) == '$(VERSION) $(COMMIT)' ]] || printf '%s\n' '$(VERSION) $(COMMIT)' >$@
.PHONY: always
always:

$(LINT):
	@printf 'build: golangci-lint $(LINT_VERSION), once, for a minute or two ...\n'
	@GOBIN=$(TOOLS) GOFLAGS= go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
