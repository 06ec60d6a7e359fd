#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import SQLite

/// Says beside a store that somebody who read it found it damaged. Whoever opens it next to work on
/// it sets it aside, and its log is applied anew; who works on it now does so within seconds.
public enum DamageMark {
  /// Marks a store, where the folder can be written to: where it cannot, its owner finds the same.
  public static func set(on store: String, _ reason: String) {
    let line = reason.split(whereSeparator: \.isNewline).joined(separator: " ")
    try? Data("\(line)\n".utf8).write(to: URL(filePath: path(of: store)))
  }

  /// Marks a store if that is what an error says of it; returns whether it is.
  @discardableResult
  public static func set(on store: String, if error: any Error) -> Bool {
    guard isDamage(error) else { return false }
    set(on: store, "\(error)")
    return true
  }

  /// Whether an error that came of a store says that its file is damaged.
  public static func isDamage(_ error: any Error) -> Bool {
    switch error {
    case StoreError.damaged: true
    case let error as SQLiteError: [.corrupt, .notADatabase].contains(error.code.primary)
    default: false
    }
  }

  /// Why a store is marked; nil if it is not.
  public static func reason(of store: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path(of: store)) else { return nil }
    return String(decoding: data.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// Whether a store is marked.
  public static func isSet(on store: String) -> Bool {
    FileManager.default.fileExists(atPath: path(of: store))
  }

  /// Takes the mark away, once the store is.
  static func clear(_ store: String) throws(StoreError) { try Files.remove(path(of: store)) }

  private static func path(of store: String) -> String { store + "-damaged" }
}
