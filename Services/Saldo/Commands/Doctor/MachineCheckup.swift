import EventLogKafka
import Foundation
import Ledger
import SaldoComposition
import ServiceRuntime

/// Looks at what the machine gives a process.
struct MachineCheckup {
  /// What all services of one process need on this many partitions.
  let partitions: Int32

  /// Memory below which stages wait for each other's pages, in bytes: the buffers of all stages.
  private static let leastMemory: Int64 = 1 << 30

  /// The program is younger than that.
  private static let firstDay = CalendarDate(year: 2025, month: 1, day: 1)

  func findings() -> [Finding] {
    [files(), threads(), memory(), clock(), client()].compactMap { $0 }
  }

  private var needs: MachineNeeds { LocalSystem.needs(partitions: partitions) }

  private func files() -> Finding {
    let (limit, needed) = (OpenFiles.limit, needs.leastFiles)
    let subject = "open files"
    let state = "\(limit) allowed, \(needed) needed for \(partitions) partitions"
    guard limit < needed else { return Finding(level: .well, subject: subject, state: state) }
    return Finding(
      level: .wrong, subject: subject, state: state,
      remedy: "raise the hard limit (ulimit -Hn, LimitNOFILE= of a systemd unit), or give new "
        + "data folders fewer --partitions")
  }

  private func threads() -> Finding {
    let found = needs.threadsFound()
    let subject = "threads"
    guard found < needs.threads else {
      return Finding(
        level: .well, subject: subject, state: "the \(needs.threads) needed are available")
    }
    return Finding(
      level: .wrong, subject: subject, state: "\(found) are available, \(needs.threads) are needed",
      remedy: "raise the limit (ulimit -u, TasksMax= of a systemd unit, pids of a container)")
  }

  private func memory() -> Finding? {
    guard let available = MemoryAvailable.bytes() else { return nil }
    let subject = "memory"
    let state = "\(ByteText.of(available)) available"
    guard available < Self.leastMemory else {
      return Finding(level: .well, subject: subject, state: state)
    }
    return Finding(
      level: .advice, subject: subject, state: state,
      remedy: "give it \(ByteText.of(Self.leastMemory)) or more, or fewer partitions")
  }

  /// A machine that has lost its time begins in 1970: every limit would be judged against that day.
  private func clock() -> Finding {
    let day = CalendarDate(
      days: Int32(truncatingIfNeeded: WallClock.milliseconds / 86_400_000))
    guard day < Self.firstDay else {
      return Finding(level: .well, subject: "clock", state: "\(day)")
    }
    return Finding(
      level: .wrong, subject: "clock", state: "it is set to \(day)",
      remedy: "set it, and keep it synchronised (systemd-timesyncd, chrony)")
  }

  private func client() -> Finding {
    let version = KafkaClient.version
    guard !KafkaClient.logsInByScramToKafka4 else {
      return Finding(level: .well, subject: "librdkafka", state: version)
    }
    return Finding(
      level: .advice, subject: "librdkafka",
      state: "\(version) cannot log in to Kafka 4 by SCRAM; all else works",
      remedy: "if the cluster asks for SCRAM, install librdkafka 2.6.1 or later")
  }
}

/// How much memory a process may still take.
enum MemoryAvailable {
  /// What the system has, or what the control group leaves if that is less; nil where neither says.
  static func bytes() -> Int64? {
    [system(), group()].compactMap { $0 }.min()
  }

  private static func system() -> Int64? {
    guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") }),
      let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int64($0) })
    else { return nil }
    return kibibytes << 10
  }

  private static func group() -> Int64? {
    func value(_ name: String) -> Int64? {
      let text = try? String(contentsOfFile: "/sys/fs/cgroup/\(name)", encoding: .utf8)
      return text.flatMap { Int64($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
    guard let most = value("memory.max"), let used = value("memory.current") else { return nil }
    return max(0, most - used)
  }
}

/// Numbers of bytes for people.
enum ByteText {
  /// In MiB, or from ten of them on in GiB, rounded down.
  static func of(_ bytes: Int64) -> String {
    bytes >= 10 << 30 ? "\(bytes >> 30) GiB" : "\(bytes >> 20) MiB"
  }
}
