"""What a monitor reads: requests of this process, and the jobs of all workspaces.

Labels are methods, templates of routes and statuses: no id, no name, no word of a source.
"""

from collections.abc import Iterator

from litestar import MediaType, Response, get
from litestar.plugins.prometheus import PrometheusConfig
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from service.actions.job_health import find_job_counts
from service.db.job_health import JobCounts
from service.errors import Unavailable
from service.web.state import Call, state_of

REQUESTS = PrometheusConfig(
    app_name="baton",
    prefix="baton_http",
    group_path=True,
    buckets=[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
)

_GAUGES = {
    "waiting": ("baton_jobs_waiting", "Jobs that wait for a worker"),
    "oldest_s": ("baton_jobs_oldest_seconds", "How long the oldest waiting job has been due"),
    "running": ("baton_jobs_running", "Jobs that a worker has taken"),
    "stalled": ("baton_jobs_stalled", "Running jobs whose worker is silent"),
    "workers": ("baton_workers", "Workers with a heartbeat in the last minute"),
    "failed_last_hour": ("baton_sources_failed_last_hour", "Sources that failed in the last hour"),
}


class _Jobs(Collector):
    """The counts of one scrape; None where the database did not answer."""

    def __init__(self, counts: JobCounts | None) -> None:
        self._counts = counts

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Without the database no count is given: a zero would be an untruth."""
        answers = "Whether the database answered this scrape"
        yield GaugeMetricFamily("baton_database_up", answers, value=self._counts is not None)
        if self._counts is not None:
            for field, (name, says) in _GAUGES.items():
                yield GaugeMetricFamily(name, says, value=getattr(self._counts, field))


@get("/metrics", media_type=MediaType.TEXT)
async def get_metrics(request: Call) -> Response[bytes]:
    """Figures for Prometheus, in its text format."""
    registry = CollectorRegistry()
    registry.register(_Jobs(await _counts(request)))
    figures = generate_latest(REGISTRY) + generate_latest(registry)
    return Response(figures, headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _counts(request: Call) -> JobCounts | None:
    try:
        return await find_job_counts(state_of(request).doors)
    except Unavailable:
        return None  # an answer of its own: baton_database_up is 0


ROUTES = (get_metrics,)
