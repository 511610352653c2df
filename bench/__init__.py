"""How good and how fast it is: each file is a command; see docs/performance/README.md."""
