"""The keyed PEPS job on Quix Streams, exactly once: what Saldo's discharge is measured against.

Reads movements as Saldo's discharge service does (`saldo.movements`: lots and demands in JSON, keyed
by plant and part), keeps each book's lots in the library's state store, draws on them first in,
first out, and sends a posting for each draw. It leaves out what Saldo does beside: late facts,
revisions, directed demands, values, stock, the journal. Needs `pip install quixstreams==3.28.1`.

    python peps.py --broker 127.0.0.1:9092 --input TOPIC --output TOPIC --messages N

Prints the messages a second of the whole run from the first message to the last commit.
"""

import argparse
import logging
import time
import uuid

from quixstreams import Application

MILLION = 1_000_000


def millionths(text):
    whole, _, fraction = text.partition(".")
    return int(whole) * MILLION + int(fraction.ljust(6, "0") or 0)


def draw(movement, state):
    """Takes a movement into its book and yields what it draws."""
    lots = state.get("lots") or []
    if movement["kind"] == "lot":
        lots.append(
            [
                movement["enteredOn"],
                movement["pedimento"],
                movement["line"],
                movement.get("dueOn") or "9999-12-31",
                millionths(movement["quantity"]),
            ]
        )
        if len(lots) > 1 and lots[-2] > lots[-1]:
            lots.sort()
        state.set("lots", lots)
        return []
    if movement["kind"] != "demand":
        return []
    open_quantity = sum(millionths(movement[use]) for use in ("incorporated", "waste", "scrap"))
    postings = []
    for lot in lots:
        if not open_quantity:
            break
        if lot[3] < movement["date"]:
            continue
        taken = min(lot[4], open_quantity)
        lot[4] -= taken
        open_quantity -= taken
        postings.append(
            {
                "document": movement["document"],
                "line": movement["line"],
                "pedimento": lot[1],
                "entryLine": lot[2],
                "quantity": taken,
            }
        )
    state.set("lots", [lot for lot in lots if lot[4]])
    return [{"postings": postings, "shortage": open_quantity}]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--broker", required=True)
    options.add_argument("--input", required=True)
    options.add_argument("--output", required=True)
    options.add_argument("--messages", type=int, required=True)
    options.add_argument("--state", required=True, help="a folder for the state store")
    options = options.parse_args()
    logging.getLogger("quixstreams").setLevel(logging.WARNING)

    application = Application(
        broker_address=options.broker,
        consumer_group=f"peps-{uuid.uuid4()}",
        auto_offset_reset="earliest",
        processing_guarantee="exactly-once",
        state_dir=options.state,
        commit_interval=1.0,
        use_changelog_topics=True,
        consumer_extra_config={"receive.message.max.bytes": 2_000_000_000},
    )
    movements = application.topic(options.input, value_deserializer="json")
    postings = application.topic(options.output, value_serializer="json")
    first = None
    seen = 0

    def note(_):
        nonlocal first, seen
        first = first or time.monotonic()
        seen += 1
        if seen == options.messages:
            application.stop()

    stream = application.dataframe(movements)
    stream.update(note)
    stream = stream.apply(draw, stateful=True, expand=True)
    stream.to_topic(postings)
    application.run()
    if seen < options.messages:
        raise SystemExit(f"only {seen} of {options.messages} messages were taken")
    print(f"{options.messages / (time.monotonic() - first):.0f}")


if __name__ == "__main__":
    main()
