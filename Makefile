# What can be done here; `make` alone lists it. The work is in the targets and in .ci/.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

SOURCES := Package.swift Services Shared Tests
MINUTES ?= 1
FUZZ_SECONDS ?= 600
PREFIX ?= /usr/local
# The tests run in passes, each a process of its own: Swift gives all tests of a process two threads on two
# cores, and what waits there behind hundreds of others would be late.
#
# Those that start the program, and whole systems. Few at a time: where two hundred share two cores, none gets what
# it waits for within its time limit.
PROCESS_TESTS := ^(SaldoTests|SaldoCompositionTests)\.
AT_MOST := --experimental-maximum-parallelization-width 6
# Those of servers, stores and what is made out of them, with threads of their own.
SERVER_TESTS := ^(HTTPServerTests|ReportingServiceTests|StoreTests|IngestServiceTests)\.
# Simulated runs: each keeps one of the two threads for as long as it takes.
SIMULATIONS := SimulationTests
# Tests on brokers, since a broker keeps a core busy.
BROKER_TESTS := EventLogContractTests|OnMockTests
# Those of processes on a cluster, one after the other: each has up to eight of them, and on Apache
# Kafka three brokers.
CLUSTER_TESTS := OnKafkaTests|LateBrokerTests|ClusterCommandTests|ClusterScenarioTests|ChaosTests
# Tests that wait forever must fail, and not hold up whatever runs them.
BOUNDED := timeout --verbose --kill-after=30 1800

# What a run of the tests prints; it names those that were left out.
TEST_LOG := .build/tests.log

# Tests of one pass.
pass = $(BOUNDED) swift test --skip-build --disable-xctest $(1) 2>&1 | tee -a $(TEST_LOG)

# What a trap says of itself: the calls that led to it, and no lists of libraries behind them.
export SWIFT_BACKTRACE := enable=yes,threads=crashed,images=none,registers=none,color=no

.PHONY: help demo test bench install deb simulate chaos soak lint format prepare tools brokers clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: prepare ## Make a sample company's year of files, process it, show where the reports are
	@.ci/demo

test: tools brokers lint ## Build and run every test
	swift build --build-tests
	@: >$(TEST_LOG)
	$(call pass,--parallel --skip '$(PROCESS_TESTS)|$(SERVER_TESTS)|$(SIMULATIONS)|$(BROKER_TESTS)|$(CLUSTER_TESTS)')
	$(call pass,--parallel --filter '$(SERVER_TESTS)' --skip '$(BROKER_TESTS)|$(CLUSTER_TESTS)')
	$(call pass,--parallel $(AT_MOST) --filter '$(PROCESS_TESTS)' --skip '$(BROKER_TESTS)|$(CLUSTER_TESTS)')
	$(call pass,--parallel --filter '$(SIMULATIONS)')
	$(call pass,--parallel --filter '$(BROKER_TESTS)')
	$(call pass,--no-parallel --filter '$(CLUSTER_TESTS)')
	@.ci/left-out $(TEST_LOG)

bench: prepare brokers ## Measure speed and memory (release build), and print the table
	.ci/quix
	swift build -c release --product saldo
	swift run -c release SaldoBench

install: prepare ## Build the program and install it with its systemd unit: make install PREFIX=/usr/local
	swift build -c release --product saldo --static-swift-stdlib
	.ci/install "$$(swift build -c release --show-bin-path)/saldo" "$(DESTDIR)" "$(PREFIX)"

deb: prepare ## Build a Debian package, in .build/packages
	swift build -c release --product saldo --static-swift-stdlib
	.ci/deb "$$(swift build -c release --show-bin-path)/saldo" .build/packages

simulate: prepare ## Replay one simulated run: make simulate SEED=42
	@test -n "$(SEED)" || { echo "simulate: which run? Say make simulate SEED=42" >&2; exit 2; }
	swift build --build-tests
	SALDO_SIMULATION_SEED="$(SEED)" swift test --skip-build --disable-xctest --filter SimulationTests

chaos: prepare brokers ## Kill processes and restart the broker while a load runs: make chaos SEED=1 MINUTES=3
	@test -n "$(SEED)" || { echo "chaos: which run? Say make chaos SEED=1 MINUTES=3" >&2; exit 2; }
	swift build --build-tests
	SALDO_CHAOS_SEED="$(SEED)" SALDO_CHAOS_MINUTES="$(MINUTES)" \
	  swift test --skip-build --disable-xctest --filter ChaosTests

soak: prepare brokers ## Fuzzers, ten minutes of chaos, long tests, the package in a clean Debian (as root)
	@test -n "$(SALDO_KAFKA_HOME)" || { echo "soak: needs SALDO_KAFKA_HOME=FOLDER, an Apache Kafka" >&2; exit 2; }
	for name in $$(.ci/fuzz); do .ci/fuzz "$$name" "$(FUZZ_SECONDS)"; done
	swift build --build-tests
	SALDO_SOAK=1 swift test --skip-build --disable-xctest --filter 'EndingTests|ManyClientsTests'
	SALDO_SOAK=1 swift test --skip-build --no-parallel --disable-xctest --filter OnKafkaTests
	SALDO_SIMULATION_SEEDS=501-2000 swift test --skip-build --disable-xctest --filter SimulationTests
	SALDO_CHAOS_SEED="$(or $(SEED),$(shell date +%s))" \
	  SALDO_CHAOS_MINUTES="$(if $(filter file,$(origin MINUTES)),10,$(MINUTES))" \
	  swift test --skip-build --disable-xctest --filter ChaosTests
	$(MAKE) deb
	.ci/try-deb .build/packages/*.deb

lint: ## Check the format of the sources
	swift format lint --strict --parallel --recursive $(SOURCES)

format: ## Format the sources
	swift format --in-place --parallel --recursive $(SOURCES)

prepare: ## Install the C libraries if they are missing (Debian, Ubuntu)
	@.ci/prepare

tools: ## Install what builds need, and what tests run beside
	@.ci/prepare curl

brokers: ## Install the brokers that the tests run on
	@.ci/brokers

clean: ## Remove what was built and the demo
	rm -rf .build demo
