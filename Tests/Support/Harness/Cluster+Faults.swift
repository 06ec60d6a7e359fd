import EventLog
import SQLite
import ServiceRuntime
import Store

// What happens to instances and their stores, besides dying within a step.
extension Cluster {
  /// Every process of the cluster dies at once.
  public func killAll() {
    for index in places.indices {
      kill(index)
      places[index].zombies = []
    }
  }

  /// Closes every store and opens it again, as a machine that was switched off and on: from its
  /// file, or from a copy of what is in memory.
  public func reopenAll() throws {
    killAll()
    for index in places.indices { try reopen(index) }
  }

  private func reopen(_ index: Int) throws {
    let place = places[index]
    if place.store.path == nil {
      let store = try openStore(place.stage, place.context)
      try place.store.connection.backUp(to: store.connection)
      try place.store.close()
      places[index].store = store
    } else {
      try place.store.close()
      places[index].store = try openStore(place.stage, place.context)
    }
  }

  /// Loses the store of a place: it begins again at offset 0 with an empty one, and sends
  /// everything once more. A store in a file stays as it is.
  public func rebuild(_ index: Int) throws {
    guard places[index].store.path == nil else { return }
    kill(index)
    try places[index].store.close()
    places[index].store = try openStore(places[index].stage, places[index].context)
  }

  /// Gives a place to another instance, with a copy of the store or from nothing, while the one
  /// that had it does not know yet and goes on.
  public func handOver(_ index: Int, fromNothing: Bool) throws {
    let place = places[index]
    guard place.store.path == nil, let zombie = place.running else { return }
    let store = try openStore(place.stage, place.context)
    if !fromNothing { try place.store.connection.backUp(to: store.connection) }
    places[index].store = store
    places[index].running = nil
    places[index].zombies = [zombie]
  }

  /// Keeps a copy of what a place has committed by now, in the place of an earlier one. A store in
  /// a file has none.
  public func takeSnapshot(_ index: Int) throws {
    let place = places[index]
    guard place.store.path == nil else { return }
    let copy = try openStore(place.stage, place.context)
    try place.store.connection.backUp(to: copy.connection)
    try place.snapshot?.close()
    places[index].snapshot = copy
  }

  /// Gives a place to another instance that has nothing but the last snapshot, while the one that
  /// had it goes on where it runs.
  public func restore(_ index: Int) throws {
    let place = places[index]
    guard let snapshot = place.snapshot else { return }
    let store = try openStore(place.stage, place.context)
    try snapshot.connection.backUp(to: store.connection)
    if let running = place.running {
      places[index].zombies = [running]
    }
    places[index].store = store
    places[index].running = nil
  }

  /// Lets an instance that lost its partition go round once; it dies where the log fails it.
  public func stepZombie(_ index: Int, limit: Int) throws {
    guard let zombie = places[index].zombies.first else { return }
    guard try publish(zombie) else { return places[index].zombies = [] }
    let batch = take(zombie, limit: limit)
    guard !batch.isEmpty else { return }
    try zombie.apply(batch)
    if try !publish(zombie) { places[index].zombies = [] }
  }

  /// Copies reporting's stores to a folder, as they would lie on disk: of some stages, or of all.
  public func saveReporting(to directory: String, stages wanted: Set<String>? = nil) throws {
    for place in places where stages[place.stage].service == "reporting" {
      if let wanted, !wanted.contains(stages[place.stage].name) { continue }
      let path = "\(directory)/\(stages[place.stage].name)-\(place.context.partition).sqlite"
      let copy = try Connection(path: path)
      try copy.execute("PRAGMA synchronous = OFF")
      try place.store.connection.backUp(to: copy)
      try copy.close()
    }
  }
}

extension StageStore {
  /// Its file; nil for a store in memory.
  fileprivate var path: String? { connection.path }
}
