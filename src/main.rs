//! Entry point: mounts the app. Nothing else.

fn main() {
    shouwen::start();
}
