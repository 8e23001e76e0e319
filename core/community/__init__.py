"""One community's own FAQ: its entries, who may change them, and what they were before."""
