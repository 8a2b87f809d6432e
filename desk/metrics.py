"""What is counted, for Prometheus: numbers only, never who or what was asked."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from kb.mail.queries import Standing


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
        self.mail = Gauge("lotse_mail", "Letters by state", ["state"], registry=self.registry)
        self.mail_age = Gauge(
            "lotse_mail_age_seconds",
            "For how long the oldest letter that is due has waited",
            registry=self.registry,
        )

    def take_mail(self, standing: Standing) -> None:
        """Take over how the queue of mail stands."""
        self.mail.labels("queued").set(standing.queued)
        self.mail.labels("failed").set(standing.failed)
        self.mail_age.set(standing.age.total_seconds())

    def text(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self.registry)
