"""What benchmarks are made of: data in bulk, and meters."""
