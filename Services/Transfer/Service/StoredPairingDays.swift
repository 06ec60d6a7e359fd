import Foundation
import SQLite

extension TransferService {
  /// Within how many days the stores of a data folder pair, from before the log had it as a fact;
  /// nil where none says so. A store that cannot be read is made anew, and says nothing.
  public static func pairingDays(inStoresOf directory: String) -> Int32? {
    let folder = "\(directory)/\(PairsHandler.title.service)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names.sorted()
    where name.hasPrefix("\(PairsHandler.title.name)-") && name.hasSuffix(".sqlite") {
      let days: Int32?? = try? Connection(path: "\(folder)/\(name)", .read).scalar(
        "SELECT days FROM pairing")
      if let days = days ?? nil { return days }
    }
    return nil
  }
}
