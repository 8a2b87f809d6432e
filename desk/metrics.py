"""What is counted, for Prometheus: numbers only, never who or what was asked."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest


class Metrics:
    """One registry per application, so that two in one process do not meet."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.responses = Counter(
            "lotse_responses",
            "Responses by method and status",
            ["method", "status"],
            registry=self.registry,
        )
        self.questions = Counter(
            "lotse_questions", "Questions by outcome", ["outcome"], registry=self.registry
        )
        self.answer_seconds = Histogram(
            "lotse_answer_seconds", "Seconds until an answer", registry=self.registry
        )

    def text(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self.registry)
