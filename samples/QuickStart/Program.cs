using FaceLoupe;

using var detector = FaceLoupeDetector.Load();
var faces = detector.Detect("crowd.jpg");

Console.WriteLine($"{faces.Count} faces");
foreach (var face in faces)
{
    Console.WriteLine($"{face.Score:0.00} at {face.Box.X:0}, {face.Box.Y:0}, {face.Box.Width:0} px wide");
}
