"""What the wizard costs, side by side with what Streamlit itself costs. `python -m benchmarks` prints the tables."""
