"""Benchmarks: what things cost, measured beside their peer in one run. Nothing here is a test."""
