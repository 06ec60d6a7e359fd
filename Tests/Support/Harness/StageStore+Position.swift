import SQLite
import Store

extension StageStore {
  /// The offset of its input that it reads next.
  var position: Int64 {
    get throws { try connection.scalar("SELECT next FROM position", as: Int64.self) ?? 0 }
  }
}
