"""What the tests have a child prepare."""

import os


def prepare(factor):
    def work(request):
        print("what a library prints must not be taken for an answer")
        if request == "fail":
            raise ValueError("`request` must not be 'fail'.")
        return {"product": factor * request, "cores": len(os.sched_getaffinity(0))}

    return work
