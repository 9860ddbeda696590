"""The published-counts route: an authority's totals, and who is behind them, from DfE's yearly counts."""
