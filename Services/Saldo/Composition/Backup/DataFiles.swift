import Foundation
import ReportingService
import SQLite
import Store

/// What lies in a data folder.
public enum DataFiles {
  /// The databases below a folder, by their paths within it, in order.
  public static func databases(in folder: String) -> [String] {
    below(folder).filter { $0.hasSuffix(".sqlite") }
  }

  /// What is wrong with a database of a data folder; a store with damage is marked, so that whoever
  /// opens it next builds it again from its log.
  public static func markedDamage(of name: String, in folder: String) -> String? {
    let path = "\(folder)/\(name)"
    let damage = damage(of: path)
    if let damage, !name.hasPrefix("log/") { DamageMark.set(on: path, damage) }
    return damage
  }

  /// Stores that were damaged and that a stage has set aside, in the same way.
  public static func setAside(in folder: String) -> [String] {
    below(folder).filter { $0.contains("-set-aside-") }
  }

  /// What is wrong with a database; nil if every page of it is whole.
  public static func damage(of path: String, _ access: Connection.Access = .read) -> String? {
    do throws(SQLiteError) {
      return try Connection(path: path, access).firstDamage()
    } catch {
      return "\(error)"
    }
  }

  /// Everything below a folder, by its path within it, in order: a folder before what is in it. But
  /// for what is made of the rest when it is asked for.
  static func below(_ folder: String) -> [String] {
    (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
      .filter { path in
        !MomentFolder.names.contains { path == $0 || path.hasPrefix($0 + "/") }
      }.sorted()
  }

  /// Whether there is a folder at a path.
  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
