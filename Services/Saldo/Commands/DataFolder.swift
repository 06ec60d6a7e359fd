import Foundation
import SaldoComposition

/// A data folder: what it is for, which must not change.
///
/// Stores of services that share a cluster's partitions, and of read models that follow all of
/// them, have the same names and would be taken for one another.
struct DataFolder {
  /// What a folder is for.
  enum Purpose: String, Sendable {
    /// The embedded log and the stores of all services.
    case embeddedLog = "log"
    /// Stores of services on a cluster.
    case services
    /// Read models of `export` over a cluster.
    case readModels = "export"
  }

  let path: String
  private static let idFile = "export-id"
  /// Says what the folder is for from the first claim on, before there is anything else in it.
  private static let purposeFile = "folder-purpose"

  /// The folder at a path, which must be there.
  init(_ path: String) { self.path = path }

  /// Marks the folder for a purpose, or checks that it is for that one already.
  ///
  /// - Throws: ``LocalSystemError/otherFolder(_:reason:)`` if it is for another;
  ///   ``ArgumentError`` if the mark cannot be written.
  func claim(for purpose: Purpose) throws {
    if let other = evidence(against: purpose) { throw refusal(of: purpose, other) }
    let marked = try mark(purpose)
    if marked != purpose { throw refusal(of: purpose, marked) }
  }

  private func refusal(of purpose: Purpose, _ other: Purpose) -> LocalSystemError {
    let reason =
      switch other {
      case .embeddedLog: "holds a log of its own and the books of it"
      case .services where purpose == .embeddedLog:
        "holds stores of services on a cluster, and no log"
      case .services: "holds stores of services on a cluster"
      case .readModels: "holds read models that 'saldo export --log' follows a cluster with"
      }
    return .otherFolder(path, reason: "\(reason): give another folder")
  }

  /// Another purpose that the folder's contents are evidence of: folders of earlier versions have
  /// no mark, and a copy may have lost it.
  private func evidence(against purpose: Purpose) -> Purpose? {
    let (hasLog, isOfExport) = (has("log"), has(Self.idFile))
    return switch purpose {
    case .embeddedLog: isOfExport ? .readModels : hasStores && !hasLog ? .services : nil
    case .services: hasLog ? .embeddedLog : isOfExport ? .readModels : nil
    case .readModels: hasLog ? .embeddedLog : hasStores && !isOfExport ? .services : nil
    }
  }

  /// Marks the folder if it has no mark, and returns the purpose that it is marked for: of two
  /// processes that claim a new folder at the same moment, one is refused.
  private func mark(_ purpose: Purpose) throws -> Purpose {
    let file = URL(filePath: path).appending(path: Self.purposeFile)
    let draft = URL(filePath: path).appending(path: ".\(Self.purposeFile).\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: draft) }
    do {
      // The mark appears whole or not at all, and only once.
      if !FileManager.default.fileExists(atPath: file.path) {
        try Data("\(purpose.rawValue)\n".utf8).write(to: draft)
        try FileManager.default.linkItem(at: draft, to: file)
      }
    } catch CocoaError.fileWriteFileExists {
      // Another process was faster.
    } catch {
      throw ArgumentError(file.path, "cannot be written: \(error.localizedDescription)")
    }
    guard let text = try? String(contentsOf: file, encoding: .utf8),
      let marked = Purpose(rawValue: text.trimmingCharacters(in: .whitespacesAndNewlines))
    else {
      throw LocalSystemError.otherFolder(
        path, reason: "has a damaged \(Self.purposeFile): give another folder")
    }
    return marked
  }

  /// The name that read models in the folder go by, made where there is none.
  func readerID() throws -> String {
    let file = URL(filePath: path).appending(path: Self.idFile)
    if let text = try? String(contentsOf: file, encoding: .utf8) {
      let id = text.filter { !$0.isWhitespace }
      guard InstanceName.isValid(id) else {
        throw LocalSystemError.otherFolder(
          path, reason: "has a damaged \(Self.idFile): give another folder")
      }
      return id
    }
    let id = UUID().uuidString.lowercased()
    do {
      try Data("\(id)\n".utf8).write(to: file, options: .atomic)
    } catch {
      throw ArgumentError(file.path, "cannot be written: \(error.localizedDescription)")
    }
    return id
  }

  private var hasStores: Bool {
    ServiceName.allCases.contains { service in
      let names = try? FileManager.default.contentsOfDirectory(
        atPath: "\(path)/\(service.rawValue)")
      return names?.contains { $0.hasSuffix(".sqlite") } ?? false
    }
  }

  private func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/" + name)
  }
}
