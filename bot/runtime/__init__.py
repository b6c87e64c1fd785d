"""What works while the desk runs: inbox worker, outbox relay, scheduler and its jobs."""
