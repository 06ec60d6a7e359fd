import Foundation
import Store

/// The stores of moments that were asked for, kept for when they are asked for again; and the views
/// of them, in another such folder.
///
/// Each lies in a folder of its own, made under another name and renamed once it is whole, so that
/// one who is killed leaves nothing half under its name. Of those that are kept the ones go first
/// that were not read for the longest time. Several processes may work on it.
package struct MomentFolder {
  /// How many are kept.
  var most = 8
  /// How large all of them may be together; the one that was made last stays however large it is.
  var mostBytes: Int64 = 4 << 30
  let path: String

  /// The folder's name within a data folder.
  package static let name = "moments"
  /// The name of the folder of their views, which are such folders too.
  package static let viewsName = "views"
  /// What of a data folder may be removed at any time: it is made again when it is asked for.
  package static let names = [name, viewsName]
  /// Within a moment's folder: held by who makes or reads it, and written to when it was read.
  private static let mark = "moment"

  /// - Parameter name: the folder's name within the data folder.
  init(dataDirectory: String, name: String = Self.name) { path = "\(dataDirectory)/\(name)" }

  /// Hands the folder of a moment to who opens its stores, and makes it first where it is not
  /// there. What was opened may be read on when the folder is removed.
  ///
  /// - Parameters:
  ///   - make: makes what is in it, below the folder that it is given.
  ///   - open: opens all of its stores.
  func use<Answer>(
    _ name: String, make: (String) throws -> Void, open: (String) throws -> Answer
  ) throws -> Answer {
    do {
      try Files.makeFolder(path)
    } catch {
      throw MomentError.failed("\(error)")
    }
    // It may be removed between its making and its opening, which happens twice only where others
    // make moments all the time.
    for _ in 0..<8 {
      if let answer = try opened(name, open) { return answer }
      // One makes it, and the others wait for it.
      guard let lock = FolderLock("\(path)/.\(name).making", .alone, makes: true) else { continue }
      defer { lock.release() }
      defer { unlink("\(path)/.\(name).making") }
      if let answer = try opened(name, open) { return answer }
      try self.make(name, make)
    }
    throw MomentError.failed("\(path): it cannot be written, or others remove moments all the time")
  }

  /// Removes a moment, whose stores are not whole.
  func discard(_ name: String) { remove(name, waiting: true) }

  /// The name of one that is kept.
  func first(where isWanted: (String) -> Bool) -> String? {
    entries.first { !$0.hasPrefix(".") && isWanted($0) }
  }

  /// Hands the folder of a moment to who opens its stores; nil where it is not there.
  func opened<Answer>(_ name: String, _ open: (String) throws -> Answer) throws -> Answer? {
    guard let lock = FolderLock("\(path)/\(name)/\(Self.mark)", .shared) else { return nil }
    defer { lock.release() }
    lock.touch()
    return try open("\(path)/\(name)")
  }

  private func make(_ name: String, _ make: (String) throws -> Void) throws {
    let part = "\(path)/.\(name).\(UUID().uuidString).part"
    let files = FileManager.default
    do {
      try files.createDirectory(atPath: part, withIntermediateDirectories: true)
    } catch {
      throw MomentError.failed("\(part) cannot be made: \(error.localizedDescription)")
    }
    let mark = "\(part)/\(Self.mark)"
    // One who looks for leftovers may have been faster; then it is made once more.
    guard let lock = FolderLock(mark, .alone, makes: true) else { return }
    defer { lock.release() }
    do {
      removeLeftovers()
      try make(part)
      try Files.synchronizeFolder(of: mark)
      // Another may have made the same meanwhile.
      if rename(part, "\(path)/\(name)") != 0 {
        let reason = String(cString: strerror(errno))
        guard files.fileExists(atPath: "\(path)/\(name)/\(Self.mark)") else {
          throw MomentError.failed("\(path)/\(name): \(reason)")
        }
        try? files.removeItem(atPath: part)
      }
      try Files.synchronizeFolder(of: part)
    } catch {
      try? files.removeItem(atPath: part)
      throw error
    }
    removeOldest(but: name)
  }

  // MARK: Removing

  private func removeOldest(but newest: String) {
    var kept = 1
    var bytes = size(newest)
    let names = entries.filter { !$0.hasPrefix(".") && $0 != newest }
    let ages = names.map { ($0, FolderLock.written("\(path)/\($0)/\(Self.mark)")) }
    for (name, _) in ages.sorted(by: { $0.1 > $1.1 }) {
      bytes += size(name)
      kept += 1
      if kept > most || bytes > mostBytes { remove(name, waiting: false) }
    }
  }

  /// What those left who were killed while they made or removed one.
  private func removeLeftovers() {
    for name in entries where name.hasSuffix(".part") || name.hasSuffix(".gone") {
      let mark = "\(path)/\(name)/\(Self.mark)"
      guard FileManager.default.fileExists(atPath: mark) else {
        // Its maker may be about to begin.
        if FolderLock.age("\(path)/\(name)") > 60 {
          try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
        }
        continue
      }
      guard let lock = FolderLock(mark, .aloneOrNot) else { continue }
      try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
      lock.release()
    }
  }

  private func remove(_ name: String, waiting: Bool) {
    guard let lock = FolderLock("\(path)/\(name)/\(Self.mark)", waiting ? .alone : .aloneOrNot)
    else { return }
    defer { lock.release() }
    let gone = "\(path)/.\(name).\(UUID().uuidString).gone"
    guard rename("\(path)/\(name)", gone) == 0 else { return }
    try? FileManager.default.removeItem(atPath: gone)
  }

  private var entries: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
  }

  private func size(_ name: String) -> Int64 {
    let folder = "\(path)/\(name)"
    let files = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return files.reduce(0) { sum, file in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)")
      return sum + ((attributes?[.size] as? NSNumber)?.int64Value ?? 0)
    }
  }
}
