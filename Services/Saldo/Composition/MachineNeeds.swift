import ServiceRuntime
import Threads

/// What services need of the machine. It is looked at before anything is made: a store that finds
/// no file to open stops a stage, and what finds no thread waits for one without a word.
public struct MachineNeeds: Sendable, Equatable {
  /// Files that are open at a time, without clients.
  public var files: Int
  /// Threads, without those of a Kafka client.
  public var threads: Int
  /// For how many partitions.
  let partitions: Int32

  /// A store: the database, its WAL, the WAL's index, and the lock.
  private static let filesOfStore = 4
  /// A partition of an embedded log, and a store that reports are read from.
  private static let filesOfDatabase = 3
  /// The log's list of topics, what the process was started with, uploads, a snapshot.
  private static let otherFiles = 100
  /// Clients that must find a place whatever else there is.
  static let fewestClients = 32

  /// The needs of services.
  ///
  /// - Parameters:
  ///   - stages: how many stages run.
  ///   - readers: how many of those keep stores that reports and figures are read from.
  ///   - topics: how many topics an embedded log has; none where the log is a cluster's.
  init(stages: Int, readers: Int, topics: Int, partitions: Int32) {
    self.partitions = partitions
    let ofOne =
      stages * Self.filesOfStore + readers * Self.filesOfDatabase + topics * Self.filesOfDatabase
    files = Self.otherFiles + Int(partitions) * ofOne
    // A file of an embedded log has one when it is at work; beyond some of them the disk is what is
    // waited for.
    threads = 48 + (topics > 0 ? min(Int(partitions), 200) : 0)
  }

  /// How many clients there may be beside what the services have open.
  public var clients: Int { OpenFiles.limit - files }

  /// Files with those of the clients that must find a place.
  public var leastFiles: Int { files + Self.fewestClients }

  /// How many of the threads can be had now.
  public func threadsFound() -> Int { ThreadProbe.count(upTo: threads) }

  /// - Throws: ``LocalSystemError/tooFewFiles(needed:limit:partitions:)`` or
  ///   ``LocalSystemError/tooFewThreads(needed:found:)``.
  func check(
    limit: Int = OpenFiles.limit, threads probe: (Int) -> Int = ThreadProbe.count
  ) throws(LocalSystemError) {
    let needed = leastFiles
    guard limit >= needed else {
      throw .tooFewFiles(needed: needed, limit: limit, partitions: partitions)
    }
    let found = probe(threads)
    guard found >= threads else { throw .tooFewThreads(needed: threads, found: found) }
  }
}
