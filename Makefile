# GNU make with a POSIX shell; `make` alone lists what there is. Without make: docs/管理.md, “Windows，或不用 make”.
#
# HOST= PORT= CORPUS= INDEX= ENGINE= are settings of the service, PYTHON= is the Python that .venv is made with.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup serve test cluster scans relevance bench torture check lint format lock screenshots demo

# Tools are started as modules of this Python: the scripts beside it break where the path has a blank in it.
py := .venv/bin/python
pip := $(py) -m pip --disable-pip-version-check
# The newest that we test with comes first; python3 is whatever the machine has.
pythons := $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3.10 python3

# By the environment, so that a path with blanks or Chinese characters needs no quoting.
ifneq ($(value PORT),)
export SPEECHES_PORT := $(value PORT)
endif
ifneq ($(value HOST),)
export SPEECHES_HOST := $(value HOST)
endif
ifneq ($(value CORPUS),)
export SPEECHES_CORPUS := $(value CORPUS)
endif
ifneq ($(value INDEX),)
export SPEECHES_INDEX := $(value INDEX)
endif
ifneq ($(value ENGINE),)
export SPEECHES_ENGINE := $(value ENGINE)
endif

help: ## 列出全部目标
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-14s %s\n' "$$name" "$$text"; done

setup: .venv/tests-installed ## 建立 .venv，装好运行与测试所需的一切
	@echo '已装好。启动服务：make serve；运行测试：make test'

serve: .venv/serving-installed ## 启动检索服务（没有索引时先用 corpus/ 建立）；可加 HOST= PORT= CORPUS= INDEX= ENGINE=
	@exec $(py) app.py

test: .venv/tests-installed ## 运行全部测试，几个核一起跑
	@$(py) -m pytest --numprocesses auto --dist loadscope

cluster: .venv/cluster-installed ## 为测试启动 OpenSearch（NODES=1 到 3，需 JDK 21 以上）；印出的一行设好后再 make test
	@$(py) tests/start_cluster.py --nodes $(or $(NODES),1)

scans: .venv/scans-installed ## 装上文字识别：扫描的 PDF 也能收录（装好约 310 MB，只在本机识别）
	@echo '已装好。再运行一次 python -m indexer build，原来不能读的扫描件会重新读'

relevance: .venv/serving-installed ## 用评判过的检索词衡量结果的好坏，低于底线即失败
	@$(py) bench/relevance.py --floors tests/relevance/floors.json

bench: .venv/serving-installed ## 小规模比较检索速度，与别的引擎相比的倍数低于底线即失败
	@$(py) bench/searching.py --small --floors bench/floors.json
	@$(py) bench/pages.py --floors bench/pages_floors.json

torture: .venv/tests-installed ## 全量做可靠性试验（约半小时），把结果写进 docs/reliability.md
	@$(py) bench/torture.py

check: lint test ## 提交前的全部检查：格式、写法、类型、测试

lint: .venv/tests-installed ## 只查格式、写法、类型
	@$(py) -m ruff format --check .
	@$(py) -m ruff check .
	@$(py) -m mypy

format: .venv/tests-installed ## 整理代码格式
	@$(py) -m ruff format .
	@$(py) -m ruff check --fix .

screenshots: .venv/tests-installed ## 重拍 README 里的四张网页截图（需要 Chromium）
	@$(py) docs/screenshots.py

demo: .venv/tests-installed ## 用示例文稿走一遍：打开网页，拍下来，写成一篇说明，在 demo/ 里
	@$(py) docs/demo.py

lock: .venv/serving-installed ## 由 *.in 重新生成锁定的 requirements*.txt（维护者用，需联网）
	@$(pip) install --quiet uv==0.13.9
	@for name in requirements requirements-dev requirements-opensearch requirements-scans .ci/whoosh3; do \
	  $(py) -m uv pip compile --quiet --universal --python-version 3.10 --generate-hashes \
	    --custom-compile-command 'make lock' --output-file "$$name.txt" "$$name.in" >/dev/null || exit 1; \
	done

# --use-pep517: jieba is built the same way by every pip (3.10's own would warn and take the old way).
# Installed again whenever the pinned versions, or the Python beneath .venv, are newer than the last time.
.venv/serving-installed: requirements.txt .venv/bin/python
	@echo '正在安装运行所需的软件包……'
	@$(pip) install --quiet --use-pep517 --requirement requirements.txt
	@touch $@

.venv/tests-installed: requirements-dev.txt .venv/serving-installed
	@echo '正在安装测试所需的软件包……'
	@$(pip) install --quiet --use-pep517 --requirement requirements-dev.txt
	@touch $@

.venv/cluster-installed: requirements-opensearch.txt .venv/tests-installed
	@echo '正在安装 OpenSearch 的客户端……'
	@$(pip) install --quiet --use-pep517 --requirement requirements-opensearch.txt
	@touch $@

.venv/scans-installed: requirements-scans.txt .venv/serving-installed
	@echo '正在安装文字识别的软件包……'
	@$(pip) install --quiet --use-pep517 --requirement requirements-scans.txt
	@touch $@

# ensurepip is asked for because Debian ships it apart from Python, as python3-venv.
.venv/bin/python:
	@for python in $(pythons); do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; then \
	    echo "正在建立 .venv（$$("$$python" --version)）……"; \
	    exec "$$python" -m venv --clear .venv; \
	  fi; \
	done; \
	echo '找不到可用的 Python：需要 3.10 或更新的版本，并带有 venv 模块。' >&2; \
	echo '  Debian、Ubuntu、统信、麒麟：sudo apt install python3 python3-venv' >&2; \
	echo '  openEuler、CentOS Stream：  sudo dnf install python3.11' >&2; \
	echo '  已装在别处：               make setup PYTHON=/路径/python3.12' >&2; \
	exit 1
