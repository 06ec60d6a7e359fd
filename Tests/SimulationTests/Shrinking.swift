import EventLogTesting
import Harness

/// Looks for fewer events and milder conditions under which a run still fails.
enum Shrinking {
  static func smallest(
    _ simulation: Simulation
  ) -> (events: [[UInt8]], conditions: Conditions, differences: [String]) {
    let seed = simulation.seed
    var conditions = simulation.conditions
    var workload = simulation.workload
    var left: [String] = []
    func fails(_ workload: Workload, _ conditions: Conditions) -> Bool {
      guard var run = try? Simulation(seed: seed, workload: workload, conditions: conditions)
      else { return false }
      let differences: [String]
      do { differences = try run.run() } catch { differences = ["\(error)"] }
      if !differences.isEmpty { left = differences }
      return !differences.isEmpty
    }
    for milder in milder {
      var tried = conditions
      milder(&tried)
      if fails(workload, tried) { conditions = tried }
    }
    var size = max(1, workload.events.count / 2)
    while true {
      var start = 0
      var removed = false
      while start < workload.events.count {
        let end = min(start + size, workload.events.count)
        let fewer = workload.without(start..<end)
        if fails(fewer, conditions) {
          workload = fewer
          removed = true
        } else {
          start = end
        }
      }
      if size == 1, !removed { break }
      if !removed { size = max(1, size / 2) }
    }
    _ = fails(workload, conditions)
    return (workload.events, conditions, left)
  }

  private static let milder: [@Sendable (inout Conditions) -> Void] = [
    { $0.trouble = 0 }, { $0.faults = Faults() }, { $0.repeats = 0 }, { $0.storesAreFiles = false },
    { $0.partitions = 1 }, { $0.order = .asMade }, { $0.limit = 100 }, { $0.chunk = 1 },
    { $0.pace = 2 },
  ]
}
