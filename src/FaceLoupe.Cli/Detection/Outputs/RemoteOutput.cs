using FaceLoupe.Cli.Sharding;
using FaceLoupe.ObjectStores;
using FaceLoupe.Storage;

namespace FaceLoupe.Cli.Detection.Outputs;

/// <summary>
/// Results for an object store: written on this machine first, and sent when the run ends or is stopped. What a killed
/// run had not sent is searched again.
/// </summary>
internal sealed class RemoteOutput : IDisposable
{
    private readonly ObjectStore _store;
    private readonly string _remote;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceloupe-");
    private readonly bool _isFolder;
    private bool _isSent = true;

    // Files as fetched; unchanged ones are not sent again.
    private readonly Dictionary<string, byte[]> _fetched = new(StringComparer.Ordinal);

    /// <summary>Begins an output.</summary>
    /// <param name="store">The store.</param>
    /// <param name="remote">Where results go.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public RemoteOutput(ObjectStore store, string remote, bool isFolder) =>
        (_store, _remote, _isFolder) = (store, isFolder ? remote.TrimEnd('/') : remote, isFolder);

    /// <summary>Where results are written on this machine.</summary>
    public string Place => _isFolder ? _folder.FullName : OutputPath.In(_folder.FullName, RelativeName.FileOf(_remote));

    /// <summary>Fetches what an earlier run left.</summary>
    /// <param name="file">The file of results within the folder; null: the output is one file.</param>
    /// <param name="resume">Whether an earlier run is continued.</param>
    /// <exception cref="FaceLoupeException">The store cannot be read.</exception>
    public void Fetch(string? file, bool resume)
    {
        var name = file ?? RelativeName.FileOf(_remote);
        string[] names =
        [
            .. _isFolder ? [RunRecord.FileName] : Array.Empty<string>(),
            .. resume ? [name, ResumableOutput.StateOf(name)] : Array.Empty<string>(),
        ];
        foreach (var one in names)
        {
            if (_store.TryRead(RemoteOf(one)) is { Length: > 0 } content)
            {
                _fetched[one] = content;
                File.WriteAllBytes(Path.Join(_folder.FullName, one), content);
            }
        }
    }

    /// <summary>
    /// Sends what was written: first the record of the run, which another run may have made meanwhile, and results
    /// before their summaries.
    /// </summary>
    /// <exception cref="FaceLoupeException">
    /// The store refused, or another run has started there. The results stay on this machine.
    /// </exception>
    public void Send()
    {
        _isSent = Directory.EnumerateFiles(_folder.FullName).All(path => _fetched.ContainsKey(Path.GetFileName(path)));
        try
        {
            SendAll();
            _isSent = true;
        }
        catch (FaceLoupeException fault) when (!_isSent)
        {
            throw new FaceLoupeException(
                $"{fault.Message.TrimEnd('.')}; the results are kept in {_folder.FullName}.", fault);
        }
    }

    private void SendAll()
    {
        foreach (var path in Directory.GetFiles(_folder.FullName)
            .OrderByDescending(path => Path.GetFileName(path) == RunRecord.FileName)
            .ThenBy(path => path, StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            var content = File.ReadAllBytes(path);
            if (name == RunRecord.FileName && (_store.TryRead(RemoteOf(name)) ?? content) is var there
                && !there.AsSpan().SequenceEqual(content))
            {
                throw new FaceLoupeException(
                    $"--out {_remote}: another run has started there; give another folder.");
            }

            if (!_fetched.TryGetValue(name, out var before) || !before.AsSpan().SequenceEqual(content))
            {
                _store.Write(RemoteOf(name), content);
            }
        }

        // A finished run has no state file; one in the store is emptied.
        foreach (var name in _fetched.Keys.Where(name => !File.Exists(Path.Join(_folder.FullName, name))))
        {
            _store.Write(RemoteOf(name), []);
        }
    }

    public void Dispose()
    {
        if (_isSent)
        {
            _folder.Delete(recursive: true);
        }
    }

    private string RemoteOf(string name) => _isFolder ? $"{_remote}/{name}"
        : name == RelativeName.FileOf(_remote) ? _remote : _remote + name[RelativeName.FileOf(_remote).Length..];
}
