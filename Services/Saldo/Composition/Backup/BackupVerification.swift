/// Compares a backup with its manifest, and looks at every page of its databases.
public struct BackupVerification: Sendable {
  /// What was found.
  public struct Result: Equatable, Sendable {
    /// What the backup is to hold.
    public var manifest: BackupManifest
    /// What is not as it is to be, each with its file.
    public var faults: [String]
  }

  let folder: String

  /// The verification of a folder.
  public init(of folder: String) { self.folder = folder }

  /// Reads the whole backup.
  ///
  /// - Parameter progress: is called with the file that is read, and how many are left; if it
  ///   throws, nothing more is read.
  /// - Throws: ``BackupError/noBackup(_:)`` if there is no manifest that can be read, and what
  ///   `progress` throws.
  public func run(progress: (String, Int) throws -> Void = { _, _ in }) throws -> Result {
    let manifest = try BackupManifest.read(folder)
    var faults: [String] = []
    for (index, file) in manifest.files.enumerated() {
      try progress(file.name, manifest.files.count - index)
      if let fault = fault(of: file) { faults.append("\(file.name): \(fault)") }
    }
    let known = Set(manifest.files.map(\.name))
    let others = DataFiles.databases(in: folder).filter { !known.contains($0) }
    faults += others.map { "\($0): is not of this backup" }
    return Result(manifest: manifest, faults: faults)
  }

  private func fault(of file: BackupManifest.File) -> String? {
    guard let found = try? Backup.file(file.name, in: folder) else { return "cannot be read" }
    guard found.bytes == file.bytes else {
      return "has \(found.bytes) bytes and had \(file.bytes)"
    }
    guard found.sha256 == file.sha256 else { return "has changed" }
    guard file.name.hasSuffix(".sqlite") else { return nil }
    return DataFiles.damage(of: "\(folder)/\(file.name)", .readUnchanging)
  }
}
