import GRDB
import Store

extension StageStore {
  /// The offset of its input that it reads next.
  var position: Int64 {
    get throws { try queue.read { try Int64.fetchOne($0, sql: "SELECT next FROM position") } ?? 0 }
  }
}
