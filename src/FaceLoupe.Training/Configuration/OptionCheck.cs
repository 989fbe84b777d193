namespace FaceLoupe.Training.Configuration;

/// <summary>Notes a fault unless <paramref name="fine"/>: the option's name and value, and what was wanted.</summary>
internal delegate void OptionCheck(bool fine, string name, object value, string wanted);
