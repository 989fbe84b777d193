using FaceLoupe.Cli.Sharding;
using FaceLoupe.ObjectStores;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>
/// Results that go to an object store: written on this machine first, and sent when the run ends or is stopped. What a
/// killed run had not sent is looked at again.
/// </summary>
internal sealed class RemoteOutput : IDisposable
{
    private readonly ObjectStore _store;
    private readonly string _remote;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-");
    private readonly bool _isFolder;

    // As they were fetched: what has not changed is not sent again.
    private readonly Dictionary<string, byte[]> _fetched = new(StringComparer.Ordinal);

    /// <summary>Begins an output.</summary>
    /// <param name="store">The store.</param>
    /// <param name="remote">Where results go.</param>
    /// <param name="isFolder">Whether that is a folder.</param>
    public RemoteOutput(ObjectStore store, string remote, bool isFolder) =>
        (_store, _remote, _isFolder) = (store, isFolder ? remote.TrimEnd('/') : remote, isFolder);

    /// <summary>Where they are written on this machine.</summary>
    public string Place => _isFolder ? _folder.FullName : OutputPath.In(_folder.FullName, RelativeName.FileOf(_remote));

    /// <summary>Fetches what an earlier run left.</summary>
    /// <param name="file">The file of results within the folder; null: the output is one file.</param>
    /// <param name="resume">Whether results are gone on with.</param>
    /// <exception cref="FaceLoupeException">The store cannot be read.</exception>
    public void Fetch(string? file, bool resume)
    {
        var name = file ?? RelativeName.FileOf(_remote);
        string[] places =
        [
            .. _isFolder ? [RunRecord.FileName] : Array.Empty<string>(),
            .. resume ? [name, DocumentOutput.StateOf(name)] : Array.Empty<string>(),
        ];
        foreach (var one in places)
        {
            if (_store.TryRead(RemoteOf(one)) is { Length: > 0 } content)
            {
                _fetched[one] = content;
                File.WriteAllBytes(Path.Join(_folder.FullName, one), content);
            }
        }
    }

    /// <summary>Sends what was written; results go before what says how long they took.</summary>
    /// <exception cref="FaceLoupeException">The store refused, or another run has begun there meanwhile.</exception>
    public void Send()
    {
        foreach (var path in Directory.GetFiles(_folder.FullName).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            var content = File.ReadAllBytes(path);
            if (name == RunRecord.FileName && (_store.TryRead(RemoteOf(name)) ?? content) is var there
                && !there.AsSpan().SequenceEqual(content))
            {
                throw new FaceLoupeException(
                    $"--out {_remote}: another run has begun there meanwhile; give another folder.");
            }

            if (!_fetched.TryGetValue(name, out var before) || !before.AsSpan().SequenceEqual(content))
            {
                _store.Write(RemoteOf(name), content);
            }
        }

        // A state that a finished run has no more is left empty: it then says nothing.
        foreach (var name in _fetched.Keys.Where(name => !File.Exists(Path.Join(_folder.FullName, name))))
        {
            _store.Write(RemoteOf(name), []);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string RemoteOf(string name) => _isFolder ? $"{_remote}/{name}"
        : name == RelativeName.FileOf(_remote) ? _remote : _remote + name[RelativeName.FileOf(_remote).Length..];
}
