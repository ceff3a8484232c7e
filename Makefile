# Entry points of pg_loupe. Nothing but make and a shell has to be there for `test` and `demo`:
# their scripts install what is missing and call make again.
#
#   make test            everything, against a private server of the PostgreSQL of pg_config
#   make demo            a private server with sample data and a walk through the main job
#   make && make install the extension alone, for your own server
#
# This file is read twice. In the source folder it only passes work on; in build/pgNN, one folder a
# PostgreSQL version, it is a PGXS makefile, so that no object lies beside a source. The core is
# compiled once, by CMake and without server headers, and linked into every version's library.

EXTENSION := pg_loupe
TOP := $(dir $(abspath $(firstword $(MAKEFILE_LIST))))
VERSION := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" $(TOP)pg_loupe.control)

ifeq ($(CURDIR)/,$(TOP))

PG_CONFIG ?= pg_config
pg_config := $(abspath $(shell command -v $(PG_CONFIG) 2>/dev/null))
pg_major := $(if $(pg_config),$(shell $(pg_config) --version | sed 's/[^0-9]*\([0-9]*\).*/\1/'))
BUILD ?= build/pg$(pg_major)

.PHONY: all install uninstall installcheck clean distclean core need-pg-config help
.DEFAULT_GOAL := all

all install uninstall installcheck: core need-pg-config
	@mkdir -p $(BUILD)
	$(MAKE) -C $(BUILD) -f $(TOP)Makefile $@ PG_CONFIG=$(pg_config)

core:
	@mkdir -p build
	@cmake -S . -B build/core -G Ninja >build/core.log 2>&1 || { cat build/core.log; exit 1; }
	@cmake --build build/core --target core

need-pg-config:
	@test -n '$(pg_config)' || { \
	    echo 'no pg_config: run scripts/install-deps, or give PG_CONFIG=/path/to/pg_config'; exit 1; }

clean:
	rm -rf build/core build/core.log build/coverage build/pg*

distclean:
	rm -rf build

# Each of these is a script of the same name.
ENTRIES := test test-versions lint coverage conformance-quick conformance-validator demo demo-stop \
    conformance-semantic conformance-nl conformance-charts gallery fresh-check \
    install-deps bench-judge bench-bombs bench-belts \
    bench-semantic bench-ask bench-charts ask-questions fuzz-judge fuzz-semantic fuzz-charts
.PHONY: $(ENTRIES)
$(ENTRIES):
	@scripts/$@

else

PG_CXXFLAGS = -std=c++17 -Wall -Wextra -Wshadow -Wno-register -MMD -MP
PG_CPPFLAGS = -isystem $(shell $(PG_CONFIG) --includedir-server) -I$(TOP)src

MODULE_big = $(EXTENSION)
sources := $(sort $(wildcard $(TOP)src/pg/*.cpp $(TOP)src/pg/*/*.cpp))
OBJS = $(patsubst $(TOP)%.cpp,%.o,$(sources))

core_libraries := $(wildcard $(TOP)build/core/libloupe_*.a)
exports := $(TOP)src/pg/exports.map
SHLIB_LINK = -Wl,--version-script=$(exports) -Wl,--start-group $(core_libraries) -Wl,--end-group \
    $(shell pkg-config --libs cairo freetype2 harfbuzz fribidi libpng) -lstdc++

install_script := $(EXTENSION)--$(VERSION).sql
DATA_built = $(install_script)
DATA = $(patsubst $(TOP)%,%,$(wildcard $(TOP)sql/upgrade/*.sql))
EXTRA_CLEAN = src

REGRESS = $(sort $(basename $(notdir $(wildcard $(TOP)sql/*.sql))))
REGRESS_OPTS = --inputdir=$(TOP) --load-extension=$(EXTENSION)

# PGXS finds the sources by VPATH by itself only where PostgreSQL was built that way too.
VPATH := $(TOP:/=)
PGXS := $(shell $(PG_CONFIG) --pgxs)
# We have no small C functions worth inlining, and bitcode would need clang at the user's side.
override with_llvm = no
include $(PGXS)

$(shlib): $(core_libraries) $(exports)

# Absolute, or make would find the folder of the sources by VPATH and be content.
object_folders := $(addprefix $(CURDIR)/,$(sort $(dir $(OBJS))))
$(OBJS): | $(object_folders)
$(object_folders):
	@mkdir -p $@

# Its own search_path keeps the script from calling what another user made first.
$(install_script): $(TOP)sql/install $(sort $(wildcard $(TOP)sql/install/*.sql)) $(TOP)pg_loupe.control
	@{ printf '%s\n' '\echo Use "CREATE EXTENSION $(EXTENSION)" to load this file. \quit' \
	    'SET LOCAL search_path = pg_catalog, pg_temp;'; \
	    cat $(filter %.sql,$^); } >$@.new
	@mv $@.new $@

# The reviewed list of built-in functions as a C++ table.
function_table := $(CURDIR)/src/pg/validate/functions.inc
$(function_table): $(TOP)src/pg/validate/functions.txt $(TOP)scripts/function-table | $(object_folders)
	@$(TOP)scripts/function-table $< >$@.new
	@mv $@.new $@
src/pg/validate/builtin_functions.o: $(function_table)
src/pg/validate/builtin_functions.o: override CPPFLAGS += -I$(CURDIR)/src/pg/validate

-include $(OBJS:.o=.d)

endif
