import EventLog

/// Everything that a process exposes, as text, out of what its stages noted and the watch found.
struct MetricsPage {
  let stages: [Stage]
  let counts: [String: StageCounts]
  let entries: [StageStatus.Key: StageStatus.Entry]
  var stopped: [StageStatus.Key: String] = [:]
  let findings: StageWatch.Findings
  let isReady: Bool
  let process: ProcessFigures

  /// The page.
  var text: String {
    var page = MetricsText()
    for metric in Metric.allCases {
      page.begin(metric)
      write(metric, to: &page)
    }
    return page.text
  }

  private func write(_ metric: Metric, to page: inout MetricsText) {
    switch metric {
    case .recordsApplied: records(metric, \.applied, &page)
    case .recordsRepeated: records(metric, \.repeated, &page)
    case .recordsPublished: records(metric, \.published, &page)
    case .position: partitions(metric, &page) { $1.position }
    case .lag:
      partitions(metric, &page) { key, entry in
        findings.ends[key.source].map { max(0, $0 - entry.position) }
      }
    case .storeSize: partitions(metric, &page) { key, _ in findings.sizes[key] }
    case .stepSeconds:
      for stage in stages {
        let phases = counts[stage.title]?.phases ?? [:]
        for phase in StepPhase.allCases {
          page.sample(
            metric, labels(stage) + [("phase", phase.rawValue)], phases[phase] ?? .ofSteps)
        }
      }
    case .freshness:
      for stage in stages {
        let spans = counts[stage.title]?.freshness ?? [:]
        for span in FreshnessSpan.allCases {
          guard let histogram = spans[span] else { continue }
          page.sample(metric, labels(stage) + [("span", span.rawValue)], histogram)
        }
      }
    case .partitions:
      for stage in stages {
        let running = entries.keys.count { $0.stage == stage.title }
        page.sample(metric, labels(stage), Int64(running))
      }
    case .partitionsStopped:
      for stage in stages {
        page.sample(metric, labels(stage), Int64(stopped.keys.count { $0.stage == stage.title }))
      }
    case .recordsForeign:
      for stage in stages {
        page.sample(metric, labels(stage), counts[stage.title]?.foreign ?? 0)
      }
    case .rebalances:
      for stage in stages {
        page.sample(metric, labels(stage), counts[stage.title]?.assignments ?? 0)
      }
    case .storeOpenSeconds:
      for stage in stages {
        for origin in StoreOrigin.allCases {
          page.sample(
            metric, labels(stage) + [("how", origin.rawValue)],
            counts[stage.title]?.opens[origin] ?? .ofSteps)
        }
      }
    case .storesSetAside:
      for stage in stages {
        page.sample(metric, labels(stage), counts[stage.title]?.setAside ?? 0)
      }
    case .snapshots:
      for stage in stages {
        let snapshots = counts[stage.title]?.snapshots ?? .init()
        page.sample(metric, labels(stage) + [("outcome", "written")], snapshots.written)
        page.sample(metric, labels(stage) + [("outcome", "failed")], snapshots.failed)
      }
    case .snapshotPosition: snapshots(metric, &page) { $0.position }
    case .snapshotTime: snapshots(metric, &page) { $0.taken / 1_000 }
    case .ready: page.sample(metric, [], isReady ? 1 : 0)
    case .waiting, .rejected, .conservationAlarms, .conservationTime:
      if let value = findings.figures[metric] { page.sample(metric, [], value) }
    case .startTime: page.sample(metric, [], process.started)
    case .residentMemory:
      if let bytes = ProcessFigures.residentBytes { page.sample(metric, [], bytes) }
    }
  }

  private func records(
    _ metric: Metric, _ value: (StageCounts.Records) -> Int64, _ page: inout MetricsText
  ) {
    for stage in stages {
      let records = counts[stage.title]?.records ?? [:]
      for (partition, counted) in records.sorted(by: { $0.key < $1.key }) {
        page.sample(metric, labels(stage, partition), value(counted))
      }
    }
  }

  private func snapshots(
    _ metric: Metric, _ page: inout MetricsText,
    _ value: (StageCounts.Snapshots.Mark) -> Int64
  ) {
    for stage in stages {
      let last = counts[stage.title]?.snapshots.last ?? [:]
      for (partition, mark) in last.sorted(by: { $0.key < $1.key }) {
        page.sample(metric, labels(stage, partition), value(mark))
      }
    }
  }

  private func partitions(
    _ metric: Metric, _ page: inout MetricsText,
    _ value: (StageStatus.Key, StageStatus.Entry) -> Int64?
  ) {
    for stage in stages {
      let running = entries.filter { $0.key.stage == stage.title }
      for (key, entry) in running.sorted(by: { $0.key.source < $1.key.source }) {
        guard let value = value(key, entry) else { continue }
        page.sample(metric, labels(stage, key.source.partition), value)
      }
    }
  }

  private func labels(_ stage: Stage) -> MetricsText.Labels {
    [("service", stage.service), ("stage", stage.name)]
  }

  private func labels(_ stage: Stage, _ partition: Int32) -> MetricsText.Labels {
    labels(stage) + [("partition", "\(partition)")]
  }
}
