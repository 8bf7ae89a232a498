"""What is measured, and against what: `make bench`, `make bench ONLY=inbox,live`. See docs/benchmarks.md."""
