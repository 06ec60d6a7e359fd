import Foundation
import ServiceRuntime
import Synchronization

/// The folder of the files that were posted, while they are read: how many there are, and how much
/// of the disk they may take.
final class UploadFolder: Sendable {
  private struct State {
    var count = 0
    /// What the files in hand may grow to, and what of that is on disk.
    var reserved: Int64 = 0
    var written: Int64 = 0
  }

  /// What is asked of the disk.
  struct Disk: Sendable {
    /// Its size, and what of it is free.
    var size, free: Int64

    /// The disk of a folder; nil if the system does not say.
    static func of(_ folder: String) -> Disk? {
      var status = statvfs()
      guard statvfs(folder, &status) == 0 else { return nil }
      let block = Int64(status.f_frsize)
      return Disk(size: Int64(status.f_blocks) * block, free: Int64(status.f_bavail) * block)
    }
  }

  /// How much of a file of unknown length is reserved at a time.
  static let step: Int64 = 16 << 20

  let path: String
  let limits: FrontLimits
  private let disk: @Sendable (String) -> Disk?
  private let state = Mutex(State())

  init(
    _ path: String, limits: FrontLimits, disk: @escaping @Sendable (String) -> Disk? = Disk.of
  ) {
    (self.path, self.limits, self.disk) = (path, limits, disk)
  }

  /// Removes every file that is there.
  func clear() { try? FileManager.default.removeItem(atPath: path) }

  /// Makes an empty file, with room for what it will have where that is known.
  ///
  /// - Throws: ``Refusal``, and what the system refuses it with.
  func begin(length: Int64?) async throws -> Upload {
    if let length, length > limits.file { throw Refusal.tooLarge(limits.file) }
    let isTaken = state.withLock { state in
      guard state.count < limits.uploads else { return false }
      state.count += 1
      return true
    }
    guard isTaken else { throw Refusal.tooManyUploads(limits.uploads) }
    do {
      return try await ProcessThreads.disk.run { [self] in
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try reserve(length ?? Self.step)
        do {
          return try Upload(in: self, reserved: length ?? Self.step)
        } catch {
          giveBack(reserved: length ?? Self.step, written: 0)
          throw error
        }
      }
    } catch {
      state.withLock { $0.count -= 1 }
      throw error
    }
  }

  /// Takes room on the disk; blocks.
  ///
  /// - Throws: ``Refusal`` if there is none.
  func reserve(_ bytes: Int64) throws(Refusal) {
    let disk = disk(path)
    let refusal = state.withLock { state -> Refusal? in
      guard state.reserved + bytes <= limits.uploadBytes else { return .noRoom }
      if let disk {
        let spare = min(limits.spareBytes, disk.size / 10)
        let left = disk.free - (state.reserved - state.written)
        guard left - bytes >= spare else { return .diskFull(free: left, spare: spare) }
      }
      state.reserved += bytes
      return nil
    }
    if let refusal { throw refusal }
  }

  /// Notes what is on disk now of what was reserved.
  func note(written: Int64) { state.withLock { $0.written += written } }

  /// Forgets a file.
  func end(reserved: Int64, written: Int64) {
    giveBack(reserved: reserved, written: written)
    state.withLock { $0.count -= 1 }
  }

  private func giveBack(reserved: Int64, written: Int64) {
    state.withLock { state in
      state.reserved -= reserved
      state.written -= written
    }
  }
}
