import EventLog
import SQLite
import ServiceRuntime
import Synchronization

/// Where the next call of a handler dies.
final class CrashPlan: Sendable {
  struct Crash: Error {}

  private let planned = Mutex<Cluster.CrashPoint?>(nil)

  var point: Cluster.CrashPoint? {
    get { planned.withLock { $0 } }
    set { planned.withLock { $0 = newValue } }
  }
}

/// A handler that dies as planned, so that its transaction is rolled back.
final class CrashingHandler: StageHandler {
  private let handler: any StageHandler
  private let plan: CrashPlan

  init(_ handler: any StageHandler, _ plan: CrashPlan) {
    self.handler = handler
    self.plan = plan
  }

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    try handler.apply(record, db, &output)
    if plan.point == .whileApplying { throw CrashPlan.Crash() }
  }

  var unsavedBytes: Int { handler.unsavedBytes }

  func save(_ db: Connection) throws {
    try handler.save(db)
    if plan.point == .beforeCommit { throw CrashPlan.Crash() }
  }
}
