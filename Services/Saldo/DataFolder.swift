import Foundation
import LocalSystem

/// A data folder: what it is for, which must not change.
///
/// Stores of services that share a cluster's partitions, and of read models that follow all of
/// them, have the same names and would be taken for one another.
struct DataFolder {
  /// What a folder is for.
  enum Purpose: Sendable {
    /// The embedded log and the stores of all services.
    case embeddedLog
    /// Stores of services on a cluster.
    case services
    /// Read models of `export` over a cluster.
    case readModels
  }

  let path: String
  private static let idFile = "export-id"

  /// The folder at a path, which must be there.
  init(_ path: String) { self.path = path }

  /// Checks that the folder is not for something else already.
  ///
  /// - Throws: ``LocalSystemError/otherFolder(_:reason:)``.
  func claim(for purpose: Purpose) throws {
    let hasLog = has("log")
    let isOfExport = has(Self.idFile)
    let reason: String? =
      switch purpose {
      case .embeddedLog:
        isOfExport
          ? "holds read models that 'saldo export --log' follows a cluster with"
          : hasStores && !hasLog ? "holds stores of services on a cluster, and no log" : nil
      case .services:
        hasLog
          ? "holds a log of its own and the books of it"
          : isOfExport ? "holds read models that 'saldo export --log' follows a cluster with" : nil
      case .readModels:
        hasLog
          ? "holds a log of its own and the books of it"
          : hasStores && !isOfExport ? "holds stores of services on a cluster" : nil
      }
    if let reason {
      throw LocalSystemError.otherFolder(path, reason: "\(reason): give another folder")
    }
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
      throw ArgumentError(file.path, "cannot be written")
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
